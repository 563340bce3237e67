import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../parts/button.js';
import { text } from '../../texts/index.js';
import type { Desk } from '../desk.js';
import { Icon } from '../icon.js';
import { ringOf } from './ring.js';

/** Puts the call that rings into the title of the page, and shows a notification while it is hidden. */
export function useRingAlerts(desk: Desk): void {
  const { key, who = '', where = '' } = ringOf(desk) ?? {};
  useEffect(() => {
    if (key === undefined) return undefined;
    const { title } = document;
    document.title = text.me.notify.pageTitle(who);
    // By its tag a notification takes the place of the one that said less of the same ringing.
    const notification = notify(key, text.me.notify.title(who), where);
    return () => {
      document.title = title;
      notification?.close();
    };
  }, [key, who, where]);
}

function notify(tag: string, title: string, body: string): Notification | undefined {
  if (!isSupported() || Notification.permission !== 'granted') return undefined;
  if (document.visibilityState === 'visible') return undefined;
  const notification = new Notification(title, { body, tag });
  notification.addEventListener('click', () => {
    window.focus();
    notification.close();
  });
  return notification;
}

/** Asks for the permission to notify, but only when it is pressed. */
export function NotifyButton() {
  const [permission, setPermission] = useState(isSupported() ? Notification.permission : undefined);
  const words = text.me.notify;
  const ask = async (): Promise<void> => {
    setPermission(await Notification.requestPermission());
  };
  switch (permission) {
    case 'default':
      return (
        <Button kind="plain" title={words.hint} onClick={() => void ask()}>
          <Icon name="bell" />
          {words.ask}
        </Button>
      );
    case 'granted':
      return (
        <span class="quiet small">
          <Icon name="bell" /> {words.on}
        </span>
      );
    case 'denied':
      return <span class="quiet small">{words.denied}</span>;
    case undefined:
      return null;
  }
}

/**
 * Without TLS, but on localhost, browsers have no notifications; on Android only service workers may
 * show any, and a page that makes one throws.
 */
function isSupported(): boolean {
  const isAndroid = /android/iu.test(navigator.userAgent);
  return 'Notification' in window && window.isSecureContext && !isAndroid;
}
