import { useDance, type ClientName } from '@spa-dance/react'
import { useEffect, useState } from 'react'
import { readMode, writeMode } from '../mode.ts'
import { names } from '../providers.ts'
import { partnerOf, routes } from '../partners.ts'
import { matches, readSearch, writeSearch } from '../search.ts'
import { Card } from './Card.tsx'
import { ModeChoice } from './ModeChoice.tsx'

const partners = names.map(partnerOf)

/** Every provider's card, with a search and a filter by route. */
export const Gallery = () => {
  const dance = useDance()
  const [search, setSearch] = useState(readSearch)
  const [mode, setMode] = useState(readMode)
  const [backFrom, setBackFrom] = useState<ClientName>()
  const shown = partners.filter((partner) => matches(partner, search))

  const change = (part: Partial<typeof search>) => {
    const next = { ...search, ...part }
    setSearch(next)
    writeSearch(next)
  }

  useEffect(() => {
    void dance.ready.then((result) => {
      if (!result) return
      // Only now is the URL again the one that the person left from.
      setSearch(readSearch())
      setBackFrom(result.client)
    })
  }, [dance])

  useEffect(() => {
    if (backFrom) document.querySelector(`#${backFrom}`)?.scrollIntoView({ block: 'nearest' })
  }, [backFrom])

  return (
    <>
      <search className="search">
        <label className="field">
          <span className="unseen">Search providers</span>
          <input
            type="search"
            placeholder="Search providers"
            value={search.text}
            onChange={(event) => change({ text: event.target.value })}
            autoComplete="off"
            spellCheck={false}
          />
        </label>
        <fieldset>
          <legend className="unseen">Route</legend>
          {['', ...routes].map((route) => (
            <label key={route} className="choice">
              <input
                type="radio"
                name="route"
                checked={search.route === route}
                onChange={() => change({ route })}
              />
              <span>{route || 'all'}</span>
            </label>
          ))}
        </fieldset>
        <p className="count" aria-live="polite">
          {shown.length === 1 ? '1 provider' : `${shown.length} providers`}
        </p>
      </search>
      <ModeChoice
        mode={mode}
        onChange={(next) => {
          setMode(next)
          writeMode(next)
        }}
      />
      <div className="cards">
        {partners.map((partner) => (
          <Card
            key={partner.client}
            partner={partner}
            mode={mode}
            hidden={!shown.includes(partner)}
          />
        ))}
      </div>
      {shown.length === 0 && (
        <div className="nothing">
          <p>No provider here is called that.</p>
          <button type="button" onClick={() => change({ text: '', route: '' })}>
            Show all of them
          </button>
        </div>
      )}
    </>
  )
}
