"""Who records may not approve (DOMAIN FIN-20). Both stand in the events, so both are on the trail."""

from shared.errors import Refused


class ApproverIsRecorder(Refused):
    """The same actor recorded what is to be approved."""

    code = "approver-is-recorder"


def refuse_own(recorder: str, approver: str) -> None:
    """Raises ApproverIsRecorder; `approver` is the actor of the approving command."""
    if recorder == approver:
        raise ApproverIsRecorder(
            "it was recorded by the same actor",
            field="actor",
            value=approver,
            remedy="let somebody else approve it",
        )
