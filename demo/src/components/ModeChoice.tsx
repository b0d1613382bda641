import { modes, type Mode } from '../mode.ts'

interface ModeChoiceProps {
  mode: Mode
  onChange: (mode: Mode) => void
}

/** Whether providers are visited in this tab or in a popup. */
export const ModeChoice = ({ mode, onChange }: ModeChoiceProps) => (
  <fieldset className="mode">
    <legend>Sign in by</legend>
    {(Object.keys(modes) as Mode[]).map((one) => (
      <label key={one} className="choice">
        <input type="radio" name="mode" checked={mode === one} onChange={() => onChange(one)} />
        <span>{modes[one]}</span>
      </label>
    ))}
  </fieldset>
)
