import { testCrypto } from '../crypto/crypto.contract.ts'
import { webCrypto } from '../crypto/web.ts'
import { nodeCrypto } from './crypto.ts'

testCrypto('WebCrypto', webCrypto(), nodeCrypto())
testCrypto('node:crypto', nodeCrypto(), webCrypto())
