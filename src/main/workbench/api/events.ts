import { Refusal } from './problems.js';

/** A server-sent event (WHATWG HTML, section 9.2), its data read as JSON. */
export interface LiveEvent {
  id: string;
  name: string;
  data: unknown;
}

/** Sends for the stream: `(lastEventId, signal) => service.trainings.….Raw({ id, lastEventId }, { signal })`. */
export type Connect = (lastEventId: string | undefined, signal: AbortSignal) => Promise<{ raw: Response }>;

const LONGEST_PAUSE = 10_000;

/**
 * Follows a stream until it says `finished`, the service refuses, or the signal aborts; where the connection is lost it
 * connects again and goes on behind the last event.
 */
export async function follow(connect: Connect, onEvent: (event: LiveEvent) => void, signal: AbortSignal): Promise<void> {
  let last: string | undefined;
  for (let pause = 500; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      const { raw } = await connect(last, signal);
      if (raw.status === 204 || raw.body === null) return;
      for await (const event of events(raw.body)) {
        last = event.id;
        pause = 500;
        onEvent(event);
        if (event.name === 'finished') return;
      }
    } catch (thrown) {
      if (signal.aborted) return;
      const refusal = Refusal.from(thrown);
      if (refusal.status !== 0 && refusal.status < 500 && refusal.status !== 429) throw refusal;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause);
      signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
    });
  }
}

async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<LiveEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (text + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parsed(block);
      if (event !== null) yield event;
    }
  }
}

function parsed(block: string): LiveEvent | null {
  const fields = new Map<string, string[]>();
  for (const line of block.split(/\r?\n/)) {
    const [, name, value] = /^([^:]+):? ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) fields.set(name, [...(fields.get(name) ?? []), value ?? '']);
  }
  const data = fields.get('data')?.join('\n');
  return data === undefined ? null
    : { id: fields.get('id')?.[0] ?? '', name: fields.get('event')?.[0] ?? 'message', data: JSON.parse(data) as unknown };
}
