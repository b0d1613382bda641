import { useState } from 'react'

/** The person's picture, or their initials while there is none that loads. */
export const Avatar = ({ name, picture }: { name: string; picture: string | undefined }) => {
  const [failed, setFailed] = useState(false)
  if (picture && !failed) {
    return (
      <img
        className="avatar"
        src={picture}
        alt=""
        width="44"
        height="44"
        onError={() => setFailed(true)}
      />
    )
  }
  const initials = name.split(/\s+/, 2).map((word) => word.charAt(0))
  return (
    <span className="avatar" aria-hidden="true">
      {initials.join('').toUpperCase()}
    </span>
  )
}
