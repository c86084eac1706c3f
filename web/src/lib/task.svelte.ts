// A call that a person starts, may stop, and sees the end of.
import { faultOf, type Fault } from './api';
import { ui, type Lang } from './ui.svelte';

export class Task<T> {
  result = $state.raw<T | null>(null);
  fault = $state.raw<Fault | null>(null);
  running = $state(false);
  #control: AbortController | null = null;
  #work: ((signal: AbortSignal) => Promise<T>) | null = null;
  #lang: Lang = 'en';

  /** Gives up the call before it; a fault keeps no older answer on the page. */
  async run(work: (signal: AbortSignal) => Promise<T>) {
    this.#control?.abort();
    const control = new AbortController();
    this.#control = control;
    this.#work = work;
    this.#lang = ui.lang;
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
  /** The same asked again where the answer has words of another language than the page. */
  speak(lang: Lang) {
    if (lang !== this.#lang && this.#work && (this.running || this.result !== null || this.fault !== null)) void this.run(this.#work);
  }
  clear() {
    this.stop();
    this.result = null;
    this.fault = null;
  }
}
