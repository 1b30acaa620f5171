// A stand-in desk that speaks the contract of desk/openapi.yaml, and fails when it is told to.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { State as HandoffState, Update } from '../src/contracts/index.ts';
import type { Frame } from '../src/session/desk.ts';
import type { TestServer } from './server.ts';

export class Desk {
  /** What was posted, in order, repeats included: path and body. */
  posts: { path: string; body: Record<string, unknown> }[] = [];
  /** Messages that the desk holds, by id. */
  messages = new Map<string, string>();
  /** `refuse`: 503; `swallow`: takes it, and cuts the line before the answer. */
  mood: 'fine' | 'refuse' | 'swallow' = 'fine';
  #frames: Frame[] = [];
  #state: Update | undefined;
  #sockets = new Set<WebSocket>();

  constructor(server: TestServer) {
    server.override = (request, response) => this.#answer(request, response);
    const sockets = new WebSocketServer({ noServer: true });
    server.server.on('upgrade', (request, socket, head) => {
      if (this.mood === 'refuse') return socket.destroy();
      const after = Number(new URL(request.url!, 'http://desk').searchParams.get('after'));
      sockets.handleUpgrade(request, socket, head, (live) => {
        this.#sockets.add(live);
        live.on('close', () => this.#sockets.delete(live));
        for (const frame of this.#frames) if (frame.seq! > after) live.send(JSON.stringify(frame));
      });
    });
  }

  moves(state: HandoffState, more: Partial<Update> = {}): void {
    this.#state = { ...this.#state!, ...more, state, revision: this.#state!.revision + 1 };
    this.#send({ seq: this.#frames.length + 1, type: 'state', update: this.#state, t: Date.now() });
  }

  says(text: string): void {
    const seq = this.#frames.length + 1;
    this.#send({ seq, type: 'message', id: `m${seq}`, from: 'agent', name: 'Lin', text, t: Date.now() });
  }

  /** The network goes: no new connection either, until `mood` is fine again. */
  hangUp(): void {
    this.mood = 'refuse';
    for (const socket of this.#sockets) socket.terminate();
  }

  #send(frame: Frame): void {
    this.#frames.push(frame);
    for (const socket of this.#sockets) socket.send(JSON.stringify(frame));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (!request.url?.startsWith('/handoffs')) return false;
    const body = JSON.parse(await textOf(request)) as Record<string, unknown>;
    if (this.mood === 'refuse') {
      response.writeHead(503).end();
      return true;
    }
    this.posts.push({ path: request.url.replace(/[0-9a-f]{24}/, 'SESSION'), body });
    if (request.url.endsWith('/messages')) this.messages.set(String(body['id']), String(body['text']));
    else if (request.url.endsWith('/cancel')) this.#state = { ...this.#state!, state: 'cancelled', revision: this.#state!.revision + 1 };
    else this.#state ??= { handoff: String(body['handoff']), state: 'queued', revision: 1, position: 2 };
    if (this.mood === 'swallow') {
      request.socket.destroy();
      return true;
    }
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(this.#state));
    return true;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text || '{}';
}
