"""The stand-in for Twilio: the same API, the same signed webhooks, and a handset to look at."""

from simulators.carrier.account import Account
from simulators.carrier.app import create_carrier, listening
from simulators.carrier.handset import Handset, HandsetCall
from simulators.carrier.signing import signature

__all__ = ["Account", "Handset", "HandsetCall", "create_carrier", "listening", "signature"]
