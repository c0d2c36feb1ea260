"""`python -m dragoman.cli`."""

from dragoman.cli import run

if __name__ == "__main__":
    run()
