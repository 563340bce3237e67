import type { ViewContext } from '../../shell/view-context.js';
import { text } from '../../texts/index.js';
import type { Directory } from '../live/directory.js';
import { Panel } from '../ui/panel.js';
import { SubscriptionCheck } from './subscription-check.js';
import { TokenCheck } from './token-check.js';

interface CheckPanelProps {
  readonly context: ViewContext;
  readonly directory: Directory;
}

/** Why a given token or Subscribe is refused. */
export function CheckPanel({ context, directory }: CheckPanelProps) {
  const words = text.admin.check;
  return (
    <Panel title={words.title} lead={words.lead}>
      <div class="checks">
        <TokenCheck context={context} />
        <SubscriptionCheck context={context} directory={directory} />
      </div>
    </Panel>
  );
}
