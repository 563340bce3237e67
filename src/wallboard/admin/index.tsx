import type { ViewContext, ViewProps } from '../shell/view-context.js';
import { text } from '../texts/index.js';
import { CheckPanel } from './check/check-panel.js';
import { ConnectionsPanel } from './connection/connections-panel.js';
import { EventsPanel } from './tail/events-panel.js';
import { useDirectory, type Directory } from './live/directory.js';
import type { TabName } from './model/tabs.js';
import { RefusalsPanel } from './refusal/refusals-panel.js';
import { SourcesPanel } from './source/sources-panel.js';
import { Tabs, useTab } from './ui/tabs.js';
import './admin.css';

/** The console: what goes on in the hub, for administrators. */
export function View({ context }: ViewProps) {
  const isAdministrator = context.me.role === 'admin';
  return (
    <div class="admin">
      <h1>{text.admin.title}</h1>
      {isAdministrator ? <Console context={context} /> : <NotForYou context={context} />}
    </div>
  );
}

function Console({ context }: ViewProps) {
  const tab = useTab();
  const directory = useDirectory(context).value;
  return (
    <>
      <Tabs current={tab} />
      <Content tab={tab} context={context} directory={directory} />
    </>
  );
}

interface ContentProps {
  readonly tab: TabName;
  readonly context: ViewContext;
  readonly directory: Directory;
}

function Content({ tab, context, directory }: ContentProps) {
  switch (tab) {
    case 'connections':
      return <ConnectionsPanel context={context} names={directory.names} />;
    case 'events':
      return <EventsPanel context={context} directory={directory} />;
    case 'sources':
      return <SourcesPanel context={context} />;
    case 'refusals':
      return <RefusalsPanel context={context} names={directory.names} />;
    case 'check':
      return <CheckPanel context={context} directory={directory} />;
  }
}

function NotForYou({ context: { me } }: ViewProps) {
  const { notForYou } = text.admin;
  return (
    <section class="not-for-you">
      <h2>{notForYou.title}</h2>
      <p>{notForYou.why(me.displayName, text.admin.role[me.role])}</p>
      <p>{notForYou.remedy}</p>
    </section>
  );
}
