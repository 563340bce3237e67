import type { Generated } from 'kysely';

/** The tables, for both databases. Flags are 0 or 1, times epoch ms, lists JSON. */
export interface Tables {
  readonly callback_requests: RequestTable;
  readonly callback_outbox: OutboxTable;
}

interface RequestTable {
  readonly id: string;
  readonly call_list_id: string;
  readonly organization_id: string;
  readonly version: number;
  readonly type_id: number;
  readonly contact_number: string;
  /** The number without the characters that do not count. */
  readonly number_key: string;
  readonly contact_name: string;
  readonly contact_message: string;
  readonly note: string;
  readonly queue_id: string | null;
  readonly channel_in: string;
  readonly call_id: string | null;
  readonly recording_id: string | null;
  readonly transcript_id: string | null;
  readonly classification_id: string | null;
  readonly priority: string | null;
  readonly creation_time: number;
  readonly modified: number;
  readonly assigned_user_id: string | null;
  readonly last_modified_user_id: string | null;
  readonly due_date: number | null;
  readonly not_before: number | null;
  readonly expiry_date: number | null;
  readonly is_closed: number;
  readonly attempts: string;
  readonly extras: string;
  readonly related_items: string;
}

interface OutboxTable {
  readonly position: Generated<number>;
  readonly event_id: string;
  /** The event as JSON. */
  readonly event: string;
}
