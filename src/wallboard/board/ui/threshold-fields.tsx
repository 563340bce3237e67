import { Field } from '../../parts/field.js';
import { text } from '../../texts/index.js';
import type { BoardOptions } from '../model/board-options.js';
import type { Limits } from '../model/severity.js';
import { areLimits, type Thresholds } from '../model/thresholds.js';

const NAMES = [
  'waiting',
  'waitSeconds',
  'overdue',
] as const satisfies readonly (keyof Thresholds)[];

interface ThresholdFieldsProps {
  readonly draft: BoardOptions;
  readonly onChange: (changes: Partial<BoardOptions>) => void;
}

/** From which value on each figure is a warning, and critical. */
export function ThresholdFields({ draft, onChange }: ThresholdFieldsProps) {
  const { settings: words } = text.board;
  return (
    <fieldset class="thresholds">
      <legend>{words.thresholds}</legend>
      <p class="hint">{words.thresholdsHelp}</p>
      {NAMES.map((name) => (
        <LimitFields
          key={name}
          name={name}
          limits={draft[name]}
          onChange={(limits) => onChange({ [name]: limits })}
        />
      ))}
    </fieldset>
  );
}

interface LimitFieldsProps {
  readonly name: (typeof NAMES)[number];
  readonly limits: Limits;
  readonly onChange: (limits: Limits) => void;
}

function LimitFields({ name, limits, onChange }: LimitFieldsProps) {
  const { settings: words } = text.board;
  return (
    <div class="limits">
      <p id={`limits-${name}`}>{words[name]}</p>
      {(['warning', 'critical'] as const).map((severity) => (
        <Field
          key={severity}
          type="number"
          name={`${name}-${severity}`}
          label={words[severity]}
          value={Number.isNaN(limits[severity]) ? '' : String(limits[severity])}
          onInput={(value) =>
            onChange({ ...limits, [severity]: value === '' ? Number.NaN : Number(value) })
          }
        />
      ))}
      {areLimits(limits) ? null : <p class="problem">{words.notLimits}</p>}
    </div>
  );
}
