// What a login in a popup needs beside, in the page that opens it and in the popup itself.
export { logInByPopup } from '../login/popup.ts'
export { endInPopup, handOver } from '../popup/popup.ts'
