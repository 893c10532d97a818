"""The composition root: command line, jobs, scheduler, demo. The only place where all floors meet."""
