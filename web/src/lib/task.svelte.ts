// Calls of a page: one that a person starts, and one that follows what is typed. Both end when the page is left.
import { onDestroy, untrack } from 'svelte';

import { faultOf, type Fault } from './api';
import { ui, type Lang } from './ui.svelte';

/** A call that a person starts, may stop, and sees the end of. */
export class Task<T> {
  result = $state.raw<T | null>(null);
  fault = $state.raw<Fault | null>(null);
  running = $state(false);
  #control: AbortController | null = null;
  #work: ((signal: AbortSignal) => Promise<T>) | null = null;
  #lang: Lang = 'en';

  /** spoken: the answer has words, and is asked for again when the page turns to another language. */
  constructor({ spoken = false } = {}) {
    onDestroy(() => this.stop());
    if (spoken)
      $effect(() => {
        const lang = ui.lang;
        untrack(() => this.#speak(lang));
      });
  }
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
  clear() {
    this.stop();
    this.result = null;
    this.fault = null;
  }
  #speak(lang: Lang) {
    if (lang !== this.#lang && this.#work && (this.running || this.result !== null || this.fault !== null)) void this.run(this.#work);
  }
}

/** An answer that follows what is typed: asked for when the typing pauses, the call before it given up. A fault keeps the older answer. */
export class Live<T> {
  result = $state.raw<T | null>(null);
  fault = $state.raw<Fault | null>(null);
  waiting = $state(false);
  readonly #pause: number;
  #timer = 0;
  #control: AbortController | null = null;

  constructor(pause_ms: number) {
    this.#pause = pause_ms;
    onDestroy(() => this.stop());
  }
  ask(work: (signal: AbortSignal) => Promise<T>) {
    this.stop();
    const control = new AbortController();
    this.#control = control;
    this.waiting = true;
    this.#timer = window.setTimeout(async () => {
      try {
        const result = await work(control.signal);
        if (this.#control !== control) return;
        this.result = result;
        this.fault = null;
      } catch (error) {
        if (this.#control !== control) return;
        this.fault = faultOf(error);
      }
      this.waiting = false;
    }, this.#pause);
  }
  stop() {
    clearTimeout(this.#timer);
    this.#control?.abort();
    this.#control = null;
    this.waiting = false;
  }
  clear() {
    this.stop();
    this.result = null;
    this.fault = null;
  }
}
