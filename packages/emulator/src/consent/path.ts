/** Where the consent page's form goes. */
export const consentPath = '/_emulator/consent'
