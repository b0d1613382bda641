// What begins a login, and ends it at the callback.
export { finishLogin } from '../callback/finish.ts'
export { logIn } from '../login/log-in.ts'
