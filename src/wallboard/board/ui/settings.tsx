import { useSignal } from '@preact/signals';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import { SettingsForm } from './settings-form.js';

/** The button of the settings, and their dialog while it is open. */
export function Settings({ board }: { readonly board: Board }) {
  const isOpen = useSignal(false);
  const close = (): void => {
    isOpen.value = false;
  };
  return (
    <>
      <Button
        aria-haspopup="dialog"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        {text.board.settings.open}
      </Button>
      {isOpen.value ? (
        <Dialog title={text.board.settings.title} onClose={close}>
          <SettingsForm board={board} onDone={close} />
        </Dialog>
      ) : null}
    </>
  );
}
