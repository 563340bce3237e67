import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/button.js';
import { Field } from '../parts/field.js';
import { text } from '../texts/index.js';
import type { App } from './app.js';
import { IssuerFlow, type PageTools } from './issuer-flow.js';
import { loginProblem } from './login-problem.js';

/** What the form needs. */
export interface LoginPageProps {
  readonly app: App;
  readonly tools: PageTools;
  /** Why somebody who was logged in no longer is. */
  readonly reason: string | undefined;
}

/** The form to log in with. */
export function LoginPage({ app, tools, reason }: LoginPageProps) {
  const [problem, setProblem] = useState(reason);
  const [isSent, setSent] = useState(false);
  const [issuer] = useState(() => new IssuerFlow({ app, tools, onProblem: setProblem }));
  useEffect(() => void issuer.start(), [issuer]);
  const isBusy = isSent || issuer.isReturning.value;
  const words = text.shell.login;
  const send = async (form: HTMLFormElement): Promise<void> => {
    const wish = wishOf(form);
    if (wish.userName === '' || wish.password === '') {
      setProblem(words.incomplete);
      return;
    }
    setSent(true);
    try {
      await app.logIn(wish);
    } catch (error) {
      setProblem(loginProblem(error));
      setSent(false);
      form.querySelector<HTMLInputElement>('[name=password]')?.select();
    }
  };
  return (
    <main class="login">
      <p class="product">{text.shell.product}</p>
      <form
        noValidate
        aria-labelledby="login-title"
        onSubmit={(event) => {
          event.preventDefault();
          void send(event.currentTarget);
        }}
      >
        <h1 id="login-title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <p role="alert" class="problem">
          {problem}
        </p>
        <Field label={words.userName} name="userName" autoComplete="username" />
        <Field
          label={words.password}
          name="password"
          type="password"
          autoComplete="current-password"
        />
        <label class="keep">
          <input type="checkbox" name="keep" />
          <span>
            {words.keep}
            <small>{words.keepHint}</small>
          </span>
        </label>
        <Button type="submit" kind="primary" disabled={isBusy}>
          {isBusy ? words.submitting : words.submit}
        </Button>
        {issuer.label.value === undefined ? null : (
          <>
            <p class="or">{words.or}</p>
            <Button
              disabled={isBusy}
              onClick={({ currentTarget: { form } }) => {
                if (form !== null) void issuer.begin(wishOf(form).keeping);
              }}
            >
              {issuer.label}
            </Button>
          </>
        )}
      </form>
    </main>
  );
}

function wishOf(form: HTMLFormElement) {
  const fields = new FormData(form);
  const textOf = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    userName: textOf('userName').trim(),
    password: textOf('password'),
    keeping: fields.has('keep') ? 'device' : 'tab',
  } as const;
}
