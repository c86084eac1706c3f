// Operations of the server this page came from.

export interface Fault {
  code: string;
  message: string;
  where: string;
  hint: string;
}

export class ApiError extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

/** A file that goes with a call, where the operation takes a path. */
export interface SentFile {
  name: string;
  content: string;
}

export async function call<T>(operation: string, parameters: object, signal?: AbortSignal): Promise<T> {
  const response = await fetch(`/api/v1/${operation}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(parameters),
    signal,
  });
  return answered(response);
}

/** The result as a file, such as svg. */
export async function callAs(ending: string, operation: string, parameters: object, signal?: AbortSignal): Promise<string> {
  const response = await fetch(`/api/v1/${operation}?as=${ending}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(parameters),
    signal,
  });
  if (!response.ok) throw new ApiError((await response.json()).error);
  return response.text();
}

export async function get<T>(path: string): Promise<T> {
  return answered(await fetch(path));
}

async function answered<T>(response: Response): Promise<T> {
  const body = await response.json();
  if (!response.ok) throw new ApiError(body.error);
  return body;
}

/** What is shown of anything that went wrong; nothing where the call was only given up for a newer one. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof ApiError) return error.fault;
  if (error instanceof DOMException && error.name === 'AbortError') return null;
  return { code: 'network', message: String(error), where: '', hint: '' };
}

/** Runs the last of many calls: each gives up the one before, and waits until the typing pauses. */
export class Latest {
  #timer = 0;
  #running: AbortController | null = null;

  constructor(private readonly pause: number) {}

  run(work: (signal: AbortSignal) => Promise<void>) {
    clearTimeout(this.#timer);
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#timer = window.setTimeout(() => void work(running.signal), this.pause);
  }
  stop() {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }
}
