"""The protocol of Zibal, version 1: addresses and codes as it publishes them."""

GATEWAY = "https://gateway.zibal.ir/"
# what the owner of an account asks for, with a token
ACCOUNT = "https://api.zibal.ir/v1/account/"
# anybody's account for trials: nothing is paid there
TEST_MERCHANT = "zibal"

CURRENCY = "IRR"
# rials; below it a request is refused
MIN_AMOUNT = 1000
DEFAULT_PAYMENT_METHOD_CODES = {"card"}

# answers to a request
ACCEPTED = 100
# to verify: the same payment was verified before, and is paid
VERIFIED_BEFORE = 201
# to verify: there is no payment (yet)
NOT_PAID = 202
# to what the owner of the account asks for
ANSWERED = 1
# state of a refund that came to nothing
REFUND_FAILED = 3

# states of a payment
PAID = (1,)
PAID_UNVERIFIED = (2,)
PENDING = (-1,)
CANCELLED = (3,)
# refunded, being refunded, reversed before it was settled
GONE_BACK = (15, 16, 18)

# days in which a payment is asked for again and again: what nobody confirmed banks
# give back by themselves within 72 hours, what they did is reversed then
ASK_DAYS = 3
# days in which a payment is still asked for that the bank would not reverse
LATE_DAYS = 30
# minutes: the person may still be typing the password of the card
PATIENCE = 10
