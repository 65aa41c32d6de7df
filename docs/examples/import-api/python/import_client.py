"""A small client of the EMREX import API. Python 3.8 or newer, nothing but its standard library.

    export EMREX_API=https://emrex.example.edu/smp/jobs/api EMREX_KEY=emrex_… EMREX_PURPOSE=recruitment
    export EMREX_APPLICANT='{"givenNames": "Aino", "familyName": "Esimerkki", "birthDate": "1952-10-13"}'
    python3 import_client.py ask
    python3 import_client.py verify SECRET WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE < body
"""

import base64
import hashlib
import hmac
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid


class Refused(Exception):
    """The API said no; `code` is a reason code of docs/reason-codes.md."""

    def __init__(self, status, body):
        try:
            problem = json.loads(body)
        except ValueError:  # of a proxy in front, say
            problem = {}
        self.code = problem.get("code", str(status))
        self.errors = problem.get("errors", [])
        super().__init__(" ".join([self.code, *(f"{one['pointer']} {one['detail']};" for one in self.errors)]))


class ImportApi:
    def __init__(self, address, key):
        self.address = address
        self.key = key

    def call(self, method, path, body=None, headers=None):
        request = urllib.request.Request(
            self.address + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": "Bearer " + self.key,
                "Accept": "application/json",
                **({} if body is None else {"Content-Type": "application/json"}),
                **(headers or {}),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                text = response.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise Refused(error.code, error.read()) from None

    def ask(self, order):
        """Makes a request. A call that is repeated after a broken connection makes no second one."""
        key = {"Idempotency-Key": str(uuid.uuid4())}
        for _ in range(3):
            try:
                return self.call("POST", "/requests", order, key)
            except (OSError, http.client.HTTPException):
                time.sleep(1)
        raise ConnectionError("the API does not answer")

    def wait(self, request_id, seconds):
        """How the request ended. In earnest, wait for the event and do not ask again and again."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            request = self.call("GET", f"/requests/{request_id}")
            if request["status"] not in ("waiting", "opened"):
                return request
            time.sleep(0.5)
        raise TimeoutError("the applicant has not answered yet")


def is_signed(secret, event_id, timestamp, signature, body, window_seconds=300):
    """Whether an event came from the gateway and is no replay. Answer 400 if not: it comes again, signed anew."""
    if abs(time.time() - int(timestamp)) > window_seconds:
        return False
    key = base64.b64decode(secret[len("whsec_") :])
    wanted = hmac.new(key, f"{event_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    wanted = "v1," + base64.b64encode(wanted).decode()
    return any(hmac.compare_digest(wanted, one) for one in signature.split(" "))


def main(arguments):
    if arguments[:1] == ["verify"]:
        print("signed" if is_signed(*arguments[1:5], sys.stdin.buffer.read()) else "refused")
        return
    api = ImportApi(os.environ["EMREX_API"], os.environ["EMREX_KEY"])
    made = api.ask(
        {
            "purpose": os.environ["EMREX_PURPOSE"],
            "reference": "job-4711",
            # Who you think the applicant is: results of somebody else are refused.
            "applicant": json.loads(os.environ["EMREX_APPLICANT"]),
        }
    )
    request_id = made["request"]["id"]
    print("LINK " + made["link"]["url"], flush=True)
    ended = api.wait(request_id, seconds=120)
    print("STATUS " + ended["status"])
    if ended["status"] != "completed":
        return
    result = api.call("GET", f"/requests/{request_id}/result")
    # What the document does not say is not there, and so is what the purpose does not name.
    for degree in result["result"].get("degrees", []):
        print(f"DEGREE {degree.get('title')} {degree.get('date')}")
    print("PERSON " + result["verification"]["person"]["verdict"])
    # Delete what you have taken over: it need not be kept twice.
    api.call("DELETE", f"/requests/{request_id}")
    try:
        api.call("GET", f"/requests/{request_id}")
    except Refused as refused:
        print("THEN " + refused.code)


if __name__ == "__main__":
    main(sys.argv[1:])
