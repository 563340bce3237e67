import { translateAgents, translateAgentStatus } from './mapping/translate-agents.js';
import {
  translateCallRecord,
  translateCallStart,
  translateCallUpdate,
} from './mapping/translate-calls.js';
import { translateCallers } from './mapping/translate-callers.js';
import { translateExtensionCall } from './mapping/translate-extension-call.js';
import { translatePresence, translateStatus } from './mapping/translate-extensions.js';
import {
  translateExtensionDestroyed,
  translateQueueDestroyed,
} from './mapping/translate-management.js';
import { translateQueueStatus } from './mapping/translate-queue-status.js';
import { translateServiceLevelBreach } from './mapping/translate-service-level.js';
import { translateTarget } from './mapping/translate-targets.js';
import type { Translation, TranslationContext } from './mapping/translation.js';
import type { PortsipMessage } from './wsi/message-catalogue.js';

/** What a message means, by portsip/wsi.md C.1. */
export function translate(message: PortsipMessage, context: TranslationContext): Translation {
  switch (message.kind) {
    case 'extension_status':
      return translateStatus(message, context);
    case 'extension_presence':
      return translatePresence(message, context);
    case 'extension_call':
      return translateExtensionCall(message, context);
    case 'extension_agent_status':
      return translateAgentStatus(message, context);
    case 'extension_destroyed':
      return translateExtensionDestroyed(message, context);
    case 'queue_destroyed':
      return translateQueueDestroyed(message, context);
    case 'extension_created':
    case 'extension_updated':
    case 'queue_created':
    case 'queue_updated':
      return { outcome: 'directory-change', events: [] };
    case 'queue_status':
      return translateQueueStatus(message, context);
    case 'queue_caller_status':
      return translateCallers(message, context);
    case 'queue_agent_status':
      return translateAgents(message, context);
    case 'queue_sla_breached':
      return translateServiceLevelBreach(message, context);
    case 'call_start':
      return translateCallStart(message, context);
    case 'call_update_info':
      return translateCallUpdate(message, context);
    case 'cdr_target':
      return translateTarget(message, context);
    case 'call_cdr':
      return translateCallRecord(message, context);
  }
}
