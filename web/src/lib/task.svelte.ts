// A call that a person starts, may stop, and sees the end of.
import { faultOf, type Fault } from './api';

export class Task<T> {
  result = $state.raw<T | null>(null);
  fault = $state.raw<Fault | null>(null);
  running = $state(false);
  #control: AbortController | null = null;

  /** Gives up the call before it; a fault keeps no older answer on the page. */
  async run(work: (signal: AbortSignal) => Promise<T>) {
    this.#control?.abort();
    const control = new AbortController();
    this.#control = control;
    this.running = true;
    this.fault = null;
    try {
      const result = await work(control.signal);
      if (this.#control === control) this.result = result;
    } catch (error) {
      if (this.#control === control) {
        this.fault = faultOf(error);
        this.result = null;
      }
    }
    if (this.#control === control) {
      this.running = false;
      this.#control = null;
    }
  }
  /** The server stops the work too. */
  stop() {
    this.#control?.abort();
    this.#control = null;
    this.running = false;
  }
  clear() {
    this.stop();
    this.result = null;
    this.fault = null;
  }
}
