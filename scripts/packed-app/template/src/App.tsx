import { useDance } from '@spa-dance/react'
import { useState } from 'react'

interface GitHubUser {
  login: string
}

export function App() {
  const { status, profile, error, login, logout, json } = useDance('github')
  const [user, setUser] = useState<GitHubUser>()
  if (status !== 'signed-in') {
    return (
      <main>
        <button onClick={() => void login()}>Sign in with GitHub</button>
        <p>{error?.message}</p>
      </main>
    )
  }
  return (
    <main>
      <p>Signed in as {profile?.name}</p>
      <button onClick={() => void json<GitHubUser>('/user').then(setUser)}>Call the API</button>
      <p>{user && `The API says ${user.login}`}</p>
      <button onClick={() => void logout()}>Sign out</button>
    </main>
  )
}

/** Never called: the compiler knows the names of the clients. */
export function Unknown() {
  // @ts-expect-error there is no such client
  return useDance('gitlab').status
}
