"""The sentence that the network reads, and what its letters are called."""

__all__ = ["ALPHABET", "READ", "UNREAD", "WORD", "letter"]

# *are* and not *is*: the word that decides stands more than fifty letters before the place.
READ = "The keys to the cabinet beside the old oak door of the hall "
UNREAD = "are lost."
WORD = (READ.index("keys"), READ.index("keys") + len("keys"))  # from, and up to
ALPHABET = "".join(sorted(set(READ)))


def letter(back: int) -> str:
    """Say which letter stands so many letters before the last: "the a of “oak”"."""
    place = len(READ) - 1 - back
    start = READ.rfind(" ", 0, place) + 1
    word = READ[start:].split(" ", 1)[0]
    return f"the space after “{word}”" if READ[place] == " " else f"the {READ[place]} of “{word}”"
