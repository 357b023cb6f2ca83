"""The benchmarks: what each measures is in its module, how it is called in command.py."""
