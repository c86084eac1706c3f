"""Progress of a call: a bar where tqdm is installed and the call is long, silence otherwise."""

import contextlib
import time

_LONG = 1.0  # seconds before a bar is drawn


class Bar:
    """A tqdm bar for the step that runs."""

    def __init__(self, lang):
        self._lang = lang
        self._began = time.monotonic()
        self._bar = None
        self._step = None

    def __call__(self, step_en, step_zh, done, total):
        if time.monotonic() - self._began < _LONG:
            return
        try:
            from tqdm import tqdm
        except ImportError:
            return
        step = step_zh if self._lang == "zh" else step_en
        if step != self._step:
            self.close()
            self._step = step
            self._bar = tqdm(total=total, desc=step, leave=False)
        self._bar.n = done
        self._bar.refresh()

    def close(self):
        if self._bar is not None:
            self._bar.close()
            self._bar = None


@contextlib.contextmanager
def watch(progress, path, lang):
    """What the call tells its progress to: a bar, nothing (False), or the user's function.

    The function is called as progress(step, done, total); where it returns False the call is cancelled.
    """
    if progress is False:
        yield None
    elif progress is None or progress is True:
        bar = Bar(lang)
        try:
            yield bar
        finally:
            bar.close()
    else:
        yield lambda en, zh, done, total: progress(zh if lang == "zh" else en, done, total)
