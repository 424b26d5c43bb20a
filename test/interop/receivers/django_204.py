"""Answers 204 as Django's users write it; its CommonMiddleware adds the length of the body."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

settings.configure(
    SECRET_KEY="only for this test",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
)


@csrf_exempt
def hook(request):
    return HttpResponse("ok", status=204)


urlpatterns = [path("hook", hook)]

from django.core.asgi import get_asgi_application  # noqa: E402

application = get_asgi_application()
