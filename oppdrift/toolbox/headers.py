"""Security headers on every answer, as cheap as a dictionary update."""

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class SecurityHeaders:
    """A page loads only what this installation serves: no inline script or style, no frame, no foreign address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return protect(self.get_response(request))


def protect(response):
    """The same answer with its headers; a view that set its own policy keeps it."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)
    return response
