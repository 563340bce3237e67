import type { InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

type FieldType = 'text' | 'password' | 'search' | 'tel' | 'number' | 'datetime-local';

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly type?: FieldType;
  /** What browsers may fill in by themselves; nothing unless told. */
  readonly autoComplete?: string;
  /** What stands in it; left out, the browser keeps what is written, for a form to read. */
  readonly value?: string;
  readonly onInput?: (value: string) => void;
  readonly isRequired?: boolean;
  readonly maxLength?: number;
  /** What helps to fill it in. */
  readonly hint?: string;
  /** What is wrong with what was written. */
  readonly problem?: string | undefined;
}

/** A line to write in, with its label and what is wrong with it. */
export function Field(props: FieldProps) {
  const { label, name, type = 'text', autoComplete = 'off', value, onInput, ...rest } = props;
  const { isRequired = false, maxLength, hint, problem } = rest;
  const id = useId();
  const noteId = `${id}-note`;
  const attributes = {
    id,
    name,
    autoComplete,
    value,
    maxLength,
    required: isRequired,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      onInput?.(currentTarget.value),
    'aria-invalid': problem !== undefined,
    'aria-describedby': noteId,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {inputOf(type, attributes)}
      <p id={noteId} class={problem === undefined ? 'hint' : 'problem'}>
        {problem ?? hint}
      </p>
    </div>
  );
}

/** Each type of input is an element of its own to the compiler. */
function inputOf(type: FieldType, attributes: Omit<InputHTMLAttributes, 'type' | 'role' | 'list'>) {
  switch (type) {
    case 'text':
      return <input {...attributes} type="text" />;
    case 'password':
      return <input {...attributes} type="password" />;
    case 'search':
      return <input {...attributes} type="search" />;
    case 'tel':
      return <input {...attributes} type="tel" />;
    case 'number':
      return <input {...attributes} type="number" />;
    case 'datetime-local':
      return <input {...attributes} type="datetime-local" />;
  }
}
