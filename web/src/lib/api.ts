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

export const call = async <T>(operation: string, parameters: object, signal?: AbortSignal): Promise<T> => (await posted(operation, parameters, signal)).json();

/** The result as a file, such as svg. */
export const callAs = async (ending: string, operation: string, parameters: object, signal?: AbortSignal): Promise<string> =>
  (await posted(`${operation}?as=${ending}`, parameters, signal)).text();

export const get = async <T>(path: string): Promise<T> => (await answered(await fetch(path))).json();

const posted = async (operation: string, parameters: object, signal?: AbortSignal): Promise<Response> =>
  answered(await fetch(`/api/v1/${operation}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(parameters), signal }));

async function answered(response: Response): Promise<Response> {
  if (!response.ok) throw new ApiError((await response.json()).error);
  return response;
}

/** What is shown of anything that went wrong; nothing where the call was only given up for a newer one. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof ApiError) return error.fault;
  if (error instanceof DOMException && error.name === 'AbortError') return null;
  return { code: 'network', message: String(error), where: '', hint: '' };
}
