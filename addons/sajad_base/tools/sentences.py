"""Sentences that plain Python raises, in the language of whoever reads them."""


def translate(env, sentence):
    """Return a lazy sentence (`LazyTranslate`) in the language of the user."""
    # the name of the method is for texts that an export has to find
    words = env._
    return words(sentence)
