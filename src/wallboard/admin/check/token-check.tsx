import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { SeverityBadge, SeverityMark } from '../../parts/severity.js';
import type { ViewContext } from '../../shell/view-context.js';
import { formatDateTime } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import { reasonWords, stepWords } from '../model/reasons.js';
import { tokenVerdictSchema, type TokenVerdict } from '../model/schemas.js';
import { useAsking } from './asking.js';
import { CheckForm } from './check-form.js';

/** Says which claim of a token fails. */
export function TokenCheck({ context: { rest } }: { readonly context: ViewContext }) {
  const words = text.admin.check;
  const token = useSignal('');
  const id = useId();
  const asking = useAsking(() =>
    rest.post('/admin/check-token', { Token: token.value }, tokenVerdictSchema),
  );
  return (
    <CheckForm
      title={words.token}
      action={words.checkToken}
      asking={asking}
      verdict={asking.answer === undefined ? null : <Verdict verdict={asking.answer} />}
    >
      <div class="field">
        <label for={id}>{words.tokenLabel}</label>
        <textarea
          id={id}
          rows={5}
          spellcheck={false}
          autoComplete="off"
          required
          aria-describedby={`${id}-hint`}
          value={token.value}
          onInput={({ currentTarget }) => {
            token.value = currentTarget.value;
          }}
        />
        <p id={`${id}-hint`} class="hint">
          {words.tokenHint}
        </p>
      </div>
    </CheckForm>
  );
}

function Verdict({ verdict }: { readonly verdict: TokenVerdict }) {
  const words = text.admin.check;
  const { Accepted, Reason, Detail, Steps, Claims } = verdict;
  return (
    <div class="verdict">
      <p>
        <SeverityBadge
          severity={Accepted ? 'ok' : 'critical'}
          label={Accepted ? words.accepted : words.refused}
        />{' '}
        <b>{Reason === null ? untilOf(Claims) : reasonWords(Reason)}</b>
      </p>
      {Detail === '' ? null : <p class="hint">{Detail}</p>}
      <ol class="steps">
        {Steps.map(({ Name, Result }) => (
          <li key={Name} data-result={Result}>
            <SeverityMark severity={Result === 'failed' ? 'critical' : 'ok'} />
            {stepWords(Name)}
            <small>{words.result[Result]}</small>
          </li>
        ))}
      </ol>
      {Claims === null ? null : (
        <details>
          <summary>{words.claims}</summary>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre tabIndex={0}>{JSON.stringify(Claims, undefined, 2)}</pre>
        </details>
      )}
    </div>
  );
}

function untilOf(claims: TokenVerdict['Claims']): string {
  const exp = claims?.['exp'];
  return typeof exp === 'number' ? text.admin.check.until(formatDateTime(exp * 1000)) : '';
}
