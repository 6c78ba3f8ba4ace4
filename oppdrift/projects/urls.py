from django.urls import path

from .views import agreement, coaching, gathering, listing, money, project, reports, sessions

app_name = "projects"
urlpatterns = [
    path("", project.mine, name="mine"),
    # A round
    path("rounds/<int:pk>/", listing.projects, name="projects"),
    path("rounds/<int:pk>/start/", listing.start, name="start"),
    path("rounds/<int:pk>/remind/", listing.remind, name="remind"),
    path("rounds/<int:pk>/coaches/", coaching.coaches, name="coaches"),
    path("rounds/<int:pk>/coaches/<int:person>/hand-over/", coaching.hand_over, name="hand_over"),
    path("rounds/<int:pk>/gatherings/", gathering.gatherings, name="gatherings"),
    path("rounds/<int:pk>/gatherings/call/", gathering.call, name="call"),
    path("rounds/<int:pk>/money/", money.round_money, name="money"),
    path("rounds/<int:pk>/money.xlsx", money.export, name="export"),
    path("gatherings/<int:pk>/invite/", gathering.invite, name="invite"),
    path("gatherings/<int:pk>/presence/", gathering.presence, name="presence"),
    # One project
    path("<int:pk>/", project.project, name="project"),
    path("<int:pk>/check-in/", project.check_in, name="check_in"),
    path("<int:pk>/owner/", project.owner, name="owner"),
    path("<int:pk>/move/<slug:verb>/", project.move, name="move"),
    path("<int:pk>/couple/", coaching.couple, name="couple"),
    path("<int:pk>/coaches/<int:person>/uncouple/", coaching.uncouple, name="uncouple"),
    # Its agreement
    path("<int:pk>/agreement/", agreement.newest, name="newest_agreement"),
    path("<int:pk>/agreement/<int:number>/", agreement.agreement, name="agreement"),
    path("<int:pk>/agreement/<int:number>/agreement.pdf", agreement.document, name="agreement_document"),
    path("<int:pk>/agreement/<int:number>/write/", agreement.write, name="write_agreement"),
    path("<int:pk>/agreement/<int:number>/save/", agreement.save, name="save_agreement"),
    path("<int:pk>/agreement/<int:number>/settle/<int:beside>/", agreement.settle, name="settle_agreement"),
    path("<int:pk>/agreement/<int:number>/propose/", agreement.propose, name="propose"),
    path("<int:pk>/agreement/<int:number>/take-back/", agreement.take_back, name="take_back"),
    path("<int:pk>/agreement/<int:number>/sign/", agreement.sign, name="sign"),
    path("<int:pk>/agreement/<int:number>/revise/", agreement.revise, name="revise"),
    # Its money
    path("<int:pk>/money/", money.project_money, name="money_of"),
    path("<int:pk>/money/grant/", money.change_grant, name="change_grant"),
    path("<int:pk>/money/plan/", money.plan_transfer, name="plan_transfer"),
    path("<int:pk>/money/refund/", money.refund, name="refund"),
    path("transfers/<int:pk>/made/", money.make_transfer, name="make_transfer"),
    path("transfers/<int:pk>/drop/", money.drop_transfer, name="drop_transfer"),
    # Guidance
    path("<int:pk>/sessions/book/", sessions.book, name="book"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/move/", sessions.move, name="move_session"),
    path("sessions/<int:pk>/cancel/", sessions.cancel, name="cancel_session"),
    path("sessions/<int:pk>/held/", sessions.hold, name="hold"),
    path("sessions/<int:pk>/step-done/", sessions.finish_step, name="finish_step"),
    path("sessions/<int:pk>/calendar.ics", sessions.calendar, name="session_calendar"),
    # Its reports
    path("<int:pk>/reports/<slug:kind>/", reports.report, name="report"),
    path("<int:pk>/reports/<slug:kind>/write/", reports.write, name="write_report"),
    path("<int:pk>/reports/<slug:kind>/save/", reports.save, name="save_report"),
    path("<int:pk>/reports/<slug:kind>/settle/<int:beside>/", reports.settle, name="settle_report"),
    path("<int:pk>/reports/<slug:kind>/return/", reports.send_back, name="return_report"),
    path("<int:pk>/reports/<slug:kind>/accept/", reports.accept, name="accept_report"),
]
