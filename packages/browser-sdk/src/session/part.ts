/** What a session's methods do, loaded with the first use of one. */
export { accessToken } from './access.ts'
export { json } from './json.ts'
export { fetchProfile } from './profile.ts'
export { send } from './request.ts'
