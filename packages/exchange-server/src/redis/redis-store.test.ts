import { createClient } from '@redis/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { StoreDownError } from '../store/down.ts'
import { storeContract } from '../store/store.contract.ts'
import { startRedis, type RedisServer } from '../testing-internal/redis-server.ts'
import { redisStore, type RedisStore, type RedisStoreOptions } from './redis-store.ts'

let server: RedisServer
const opened: RedisStore[] = []
const open = async (more: Partial<RedisStoreOptions> = {}): Promise<RedisStore> => {
  const store = await redisStore({ url: server.url, ...more })
  opened.push(store)
  return store
}
const answer = (text: string) => (): Promise<string> => Promise.resolve(text)
const patient = { timeout: 20_000, interval: 20 }

beforeAll(async () => void (server = await startRedis()))
afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()))
  await server.kill()
})

storeContract('redisStore', async () => ({ one: await open(), two: await open() }))

describe('what lies in Redis', () => {
  it('has hashes for keys, and goes by itself', async () => {
    const store = await open({ prefix: 'canary:' })
    await store.first('CANARY-1', 60)
    await store.share('CANARY-2', 60, answer('sealed'))
    await store.count('CANARY-3', 60)
    const client = createClient({ url: server.url })
    await client.connect()
    const keys = await client.keys('canary:*')
    expect(keys).toHaveLength(3)
    expect((await client.keys('*')).join()).not.toContain('CANARY')
    for (const key of keys) {
      expect(key).toMatch(/^canary:[\w-]{43}$/)
      expect(await client.ttl(key)).toBeGreaterThan(0)
    }
    client.destroy()
  })
})

describe('when an instance dies', () => {
  it('lets another one do the work that it had begun', { timeout: 30_000 }, async () => {
    const [dying, living] = [await open(), await open()]
    const begun = new Promise<void>((resolve) => {
      const never = (): Promise<string> => new Promise(() => resolve())
      dying.share('left behind', 60, never).catch(() => {})
    })
    await begun
    await dying.close()
    expect(await living.share('left behind', 60, answer('done'))).toBe('done')
  })
})

describe('when Redis is down', { timeout: 60_000 }, () => {
  it('says so at once, loses no answer, and is there again by itself', async () => {
    const onChange = vi.fn()
    const store = await open({ onChange })
    expect(onChange.mock.calls).toEqual([[undefined]])
    expect(await store.first('before', 60)).toBe(true)

    // It dies while the work goes on: the answer is given all the same.
    const given = store.share('under way', 60, async () => {
      await server.kill()
      return 'not lost'
    })
    expect(await given).toBe('not lost')
    const work = vi.fn(answer('never'))
    await expect(store.first('key', 60)).rejects.toThrow(StoreDownError)
    await expect(store.share('key', 60, work)).rejects.toThrow(StoreDownError)
    await expect(store.count('key', 60)).rejects.toThrow(StoreDownError)
    expect(work).not.toHaveBeenCalled()
    await vi.waitFor(() => expect(onChange).toHaveBeenLastCalledWith('ECONNREFUSED'), patient)

    await server.restart()
    await vi.waitFor(async () => expect(await store.first('after', 60)).toBe(true), patient)
    expect(onChange).toHaveBeenLastCalledWith(undefined)
  })

  it('waits a second for one that hangs, and leaves its connection', async () => {
    const onChange = vi.fn()
    const store = await open({ onChange })
    server.pause()
    await expect(store.first('key', 60)).rejects.toThrow(StoreDownError)
    expect(onChange).toHaveBeenLastCalledWith('no answer')
    server.resume()
    await vi.waitFor(async () => expect(await store.first('resumed', 60)).toBe(true), patient)
  })

  it('starts without it, and tells why without the address or the password', async () => {
    const guarded = await startRedis('the-password')
    const wrong = guarded.url.replace('the-password', 'the-wrong-one')
    const onChange = vi.fn()
    const store = await open({ url: wrong, onChange })
    await expect(store.first('key', 60)).rejects.toThrow(StoreDownError)
    expect(onChange.mock.calls).toEqual([['WRONGPASS']])
    expect(await (await open({ url: guarded.url })).first('key', 60)).toBe(true)
    await guarded.kill()
    await expect(redisStore({ url: 'https://redis.example.com' })).rejects.toThrow(TypeError)
  })
})
