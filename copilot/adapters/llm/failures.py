"""What providers' errors mean for us.

Their own words are not repeated, for they may quote what was sent; only codes that look like codes are. For the same
reason failures are raised `from None`: no traceback carries a provider's words into a log.
"""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import openai

from copilot.adapters.llm.profiles import OPTIONAL_FIELDS
from copilot.errors import ModelFailed

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")
_REFUSES_A_FIELD = re.compile(
    r"\b(unknown|unsupported|unrecogni[sz]ed|unexpected|extra|unavailable"
    r"|not (supported|permitted|allowed|available))\b",
    re.IGNORECASE,
)
_OUT_OF_MONEY = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
_TOO_LONG = re.compile(r"context.length|string_above_max_length|too long", re.IGNORECASE)
_OURS = re.compile(rf"invalid schema|\b({'|'.join(OPTIONAL_FIELDS)}|model)\b", re.IGNORECASE)
_REFUSED = {"content_filter", "content_policy_violation"}


def model_failed(error: openai.APIError) -> ModelFailed:
    """The failure that an error of the client stands for."""
    match error:
        case openai.APITimeoutError():
            return ModelFailed("retryable", "the provider stopped answering")
        case openai.APIConnectionError():
            return ModelFailed("retryable", "the provider cannot be reached")
        case openai.APIStatusError():
            return _by_status(error)
        case _:
            return ModelFailed("retryable", f"the provider broke the answer off{_code_in(error)}")


def refused_field(error: openai.APIStatusError) -> str | None:
    """The field of the request that the provider does not know or take, if that is what it says."""
    told = f"{error.param} {error.message}"
    if error.status_code not in (400, 422) or "invalid schema" in told.lower() or not _REFUSES_A_FIELD.search(told):
        return None
    return next((field for field in OPTIONAL_FIELDS if re.search(rf"\b{field}\b", told)), None)


def _by_status(error: openai.APIStatusError) -> ModelFailed:
    status, code, told = error.status_code, error.code or "", f"{error.code} {error.param} {error.message}"
    said = f"HTTP {status}{_code_in(error)}"
    if code in _OUT_OF_MONEY or status == 402:
        return ModelFailed("misconfigured", f"the account has no credit left, {said}")
    if status == 429:
        return ModelFailed("retryable", f"too many requests, {said}", retry_after_s=_retry_after_s(error))
    if status in (408, 409) or status >= 500:
        return ModelFailed("retryable", f"the provider has trouble, {said}", retry_after_s=_retry_after_s(error))
    if status in (401, 403):
        return ModelFailed("misconfigured", f"the key is not accepted, {said}")
    if status in (404, 405) or 300 <= status < 400:
        return ModelFailed("misconfigured", f"no such model or address, {said}")
    if _TOO_LONG.search(told) or status == 413:
        return ModelFailed("unusable", f"the request is longer than the model takes, {said}")
    if code in _REFUSED:
        return ModelFailed("refused", f"the provider's filter stopped the request, {said}")
    return ModelFailed("misconfigured" if _OURS.search(told) else "unusable", f"the request is not accepted, {said}")


def _code_in(error: openai.APIError) -> str:
    codes = [code for code in (error.code, error.param) if isinstance(code, str) and _CODE.fullmatch(code)]
    return "".join(f", {code}" for code in codes)


def _retry_after_s(error: openai.APIStatusError) -> float | None:
    headers = error.response.headers
    with contextlib.suppress(KeyError, ValueError):
        return max(0.0, float(headers["retry-after-ms"]) / 1000)
    told = headers.get("retry-after", "")
    with contextlib.suppress(ValueError):
        return max(0.0, float(told))
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    return None
