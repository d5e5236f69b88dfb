"""Counts what passed and what failed, and says so the way every interop script does."""

import sys


class Tally:
    def __init__(self, title):
        self.title = title
        self.passed = 0
        self.failed = 0

    def check(self, holds, failure):
        """One assertion. `failure` says what is wrong, with the numbers."""
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {self.title}: {failure}")
        return bool(holds)

    def close(self):
        """Prints the summary and leaves the program, with status 1 if anything failed."""
        nothing = self.passed + self.failed == 0
        if nothing:
            print(f"FAILED {self.title}: nothing was checked")
        print(f"{self.title}: {self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed or nothing else 0)
