/** Of every page of the emulator. `--brand` and `--button` are the provider's; white text stands on both. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f3f4f7; --card: #fff; --ink: #1a1d23; --quiet: #59606c; --line: #d9dde4; --hover: #f3f4f7; --focus: #2563eb;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #0e1014; --card: #191c22; --ink: #eceef2; --quiet: #a3abb8; --line: #353a44; --hover: #22262e; --focus: #8ab4ff; }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100dvh; padding: 1.5rem 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 1.25rem;
}
.card {
  width: 100%; max-width: 26rem; padding: 1.75rem 1.5rem; background: var(--card);
  border: 1px solid var(--line); border-top: 4px solid var(--brand); border-radius: 14px;
  box-shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 12px 32px rgb(0 0 0 / 8%); overflow-wrap: anywhere;
}
.wide { max-width: 44rem; }
.brand { display: flex; align-items: center; gap: .65rem; margin: 0 0 1.25rem; font-weight: 600; }
.brand svg { padding: 9px; width: 40px; height: 40px; border-radius: 11px; background: var(--brand); fill: #fff; box-shadow: 0 0 0 1px var(--line); }
h1 { margin: 0 0 1.25rem; font-size: 1.3rem; line-height: 1.3; font-weight: 500; text-wrap: balance; }
h1 strong { font-weight: 700; }
h2, legend { margin: 0 0 .5rem; padding: 0; font-size: .875rem; font-weight: 600; color: var(--quiet); }
.scopes { margin: 0 0 1.5rem; padding: 0; list-style: none; display: grid; gap: .4rem; }
.scopes li { padding-left: 1.6rem; position: relative; }
.scopes li::before {
  content: ''; position: absolute; left: .3rem; top: .32rem; width: .36rem; height: .66rem;
  border: solid var(--quiet); border-width: 0 2px 2px 0; transform: rotate(40deg);
}
fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; min-width: 0; }
.person {
  display: flex; align-items: center; gap: .75rem; padding: .6rem .75rem; cursor: pointer;
  border: 1px solid var(--line); border-bottom-width: 0;
}
.person:first-of-type { border-radius: 10px 10px 0 0; }
.person:last-of-type { border-radius: 0 0 10px 10px; border-bottom-width: 1px; }
.person:hover { background: var(--hover); }
.person:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: -2px; }
.person input { margin: 0; width: 1.1rem; height: 1.1rem; flex: none; accent-color: var(--button); outline: 0; }
.person img { border-radius: 50%; flex: none; }
.person span { min-width: 0; }
.name { display: block; font-weight: 600; line-height: 1.3; }
.quiet { display: block; color: var(--quiet); font-size: .875rem; }
.actions { display: grid; gap: .6rem; }
button {
  min-height: 2.9rem; padding: .5rem 1rem; font: inherit; font-weight: 600; border-radius: 10px; cursor: pointer;
  border: 1px solid var(--line); background: transparent; color: inherit; overflow-wrap: anywhere;
}
button:hover { background: var(--hover); }
button.approve { background: var(--button); border-color: transparent; color: #fff; }
button.approve:hover { background: color-mix(in srgb, var(--button), #000 12%); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
a { color: inherit; }
code { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, monospace; }
.providers { margin: 0; padding: 0; list-style: none; display: grid; gap: 1rem; }
.providers p { margin: 0; }
footer { color: var(--quiet); font-size: .8125rem; text-align: center; max-width: 26rem; text-wrap: balance; }
`
