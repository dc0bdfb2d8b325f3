"""Times the rules: fifty of them on leads with ten activities each, as of a moment."""

from harness import ours, show_heading

LEADS = 1_000_000
BAR = 3.0  # seconds


class RuleJobs:
    def __init__(self, runs: int):
        self.runs = runs
        self.names = ["rules"]

    def run(self, name: str) -> None:
        show_heading(f"fifty rules, {LEADS} leads with ten activities each, two threads")
        figures = ours(
            "kelvin-benchmarks", "rules", "--leads", LEADS, "--activities", "10", "--threads", "2",
            "--repeat", self.runs,
        )  # fmt: skip
        alone = ours("kelvin-benchmarks", "rules", "--leads", LEADS, "--threads", "1", "--repeat", self.runs)
        seconds = figures["seconds"]
        print(
            f"  {figures['rules']:.0f} rules: {seconds:.2f} s, on one thread {alone['seconds']:.2f} s "
            f"(asked: {BAR:.0f} s){'' if seconds <= BAR else '  NOT MET'}",
            flush=True,
        )
