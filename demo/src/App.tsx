import { DanceProvider } from '@spa-dance/react'
import { Events } from './components/Events.tsx'
import { Gallery } from './components/Gallery.tsx'
import { Steps } from './components/Steps.tsx'
import { dance } from './dance.ts'

const home = import.meta.env.BASE_URL

export const App = () => (
  <DanceProvider dance={dance}>
    <header className="bar">
      <a className="brand" href={home}>
        <img src={`${home}favicon.svg`} alt="" width="24" height="24" />
        SPA-Dance
      </a>
      <nav aria-label="Pages">
        <a href={home} target="_blank" rel="noreferrer">
          Open a second tab
        </a>
        <a href={`${home}vanilla/`}>Vanilla page</a>
      </nav>
    </header>
    <main className="page">
      <div className="intro">
        <h1>
          Every dance, <span>no account needed</span>
        </h1>
        <p>
          Each provider below is emulated on this machine, quirks included. Sign in, call its API,
          let the session renew itself, and sign out with a second tab watching.
        </p>
      </div>
      <Gallery />
      <Events />
      <Steps />
    </main>
  </DanceProvider>
)
