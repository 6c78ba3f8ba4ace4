"""In the demo mails go to files on this machine, so everybody reads them here, sign-in codes too."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from oppdrift.history.mails import text_of
from oppdrift.history.models import Message


def sent():
    if not settings.DEMO:
        raise Http404
    return Message.objects.filter(state=Message.State.SENT).select_related("receiver").order_by("-sent_at", "-pk")


@login_not_required  # the demo has invented people only, and nobody can sign in by code without reading the code
@require_safe
def mails(request):
    page = Paginator(sent(), 50).get_page(request.GET.get("page"))
    return render(request, "front/demo_mails.html", {"page": page})


@login_not_required  # as above
@require_safe
def mail(request, pk):
    message = get_object_or_404(sent(), pk=pk)
    return render(request, "front/demo_mail.html", {"message": message, "text": text_of(message)})
