"""What happened to benefits, their measurements and the spread, in words."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "benefit.begun": _("%(by)s wrote down a benefit."),
    "benefit.found": _("%(by)s wrote down an effect that nobody had foreseen."),
    "benefit.changed": _("%(by)s changed a benefit."),
    "benefit.owner_named": _("%(by)s named who owns a benefit."),
    "benefit.owner_replaced": _("%(by)s handed a benefit over to another owner."),
    "benefit.agreed": _("%(by)s agreed to own a benefit as it is written."),
    "benefit.dropped": _("%(by)s dropped a benefit, with a reason."),
    "benefit.taken_up": _("%(by)s took a dropped benefit up again."),
    "baseline.measured": _("%(by)s noted the baseline of a benefit."),
    "measurement.planned": _("%(by)s planned a measurement."),
    "measurement.moved": _("%(by)s gave a measurement another date."),
    "measurement.taken_off": _("%(by)s took a measurement off the plan."),
    "measurement.made": _("%(by)s measured a benefit."),
    "measurement.skipped": _("%(by)s noted why a benefit was not measured."),
    "measurement.corrected": _("%(by)s corrected a measurement. The earlier number is kept."),
    "adoption.written": _("%(by)s wrote down that others take the solution up."),
    "adoption.asked": _("Somebody outside asked to copy the solution."),
    "adoption.changed": _("%(by)s wrote more about somebody who takes the solution up."),
    "adoption.moved": _("%(by)s noted how far somebody has come with the solution."),
}
