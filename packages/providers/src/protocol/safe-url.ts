/** Whether a URL is https, or http on loopback (`localhost`, `*.localhost`, 127.0.0.0/8, `[::1]`). */
export function isSafeUrl(url: string | URL): boolean {
  if (typeof url === 'string') return URL.canParse(url) && isSafeUrl(new URL(url))
  const { protocol, hostname, username, password } = url
  if (username !== '' || password !== '') return false
  if (protocol === 'https:') return true
  return protocol === 'http:' && /^(.*\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname)
}
