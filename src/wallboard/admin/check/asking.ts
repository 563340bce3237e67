import { useSignal } from '@preact/signals';
import { RestError } from '../../shell/rest-error.js';

/** A question to the hub, and its answer. */
export interface Asking<Answer> {
  readonly answer: Answer | undefined;
  /** Why there is none. */
  readonly problem: string | undefined;
  readonly isAsking: boolean;
  readonly ask: () => void;
}

/** Asks something when somebody wants it. */
export function useAsking<Answer>(question: () => Promise<Answer>): Asking<Answer> {
  const answer = useSignal<Answer | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const isAsking = useSignal(false);
  const ask = async (): Promise<void> => {
    isAsking.value = true;
    try {
      answer.value = await question();
      problem.value = undefined;
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      answer.value = undefined;
      problem.value = problemOf(error);
    } finally {
      isAsking.value = false;
    }
  };
  return {
    answer: answer.value,
    problem: problem.value,
    isAsking: isAsking.value,
    ask: () => void ask(),
  };
}

function problemOf({ message, errors }: RestError): string {
  if (errors.length === 0) return message;
  return errors.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
}
