import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { text } from '../texts/index.js';
import { Button } from './button.js';

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Escape or the button was pressed. The one who shows it takes it away. */
  readonly onClose: () => void;
}

/**
 * A dialog over the page; the browser keeps the focus in it and gives it back afterwards. Show none
 * in TV mode.
 */
export function Dialog({ title, children, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        // Whether it closes is for the one who shows it.
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        <Button kind="plain" onClick={onClose}>
          {text.parts.close}
        </Button>
      </header>
      {children}
    </dialog>
  );
}
