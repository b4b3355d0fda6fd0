"""What each paragraph of a letter means, and why it stands there, in the reader's language."""

from __future__ import annotations

from portal.domain.defence import Letter
from portal.i18n.text import translator


def explained(letter: Letter, language: str) -> dict[str, str]:
    """The meaning of each paragraph of `letter` by its id."""
    _ = translator(language).gettext
    written = _("Une réponse écrite dit pourquoi, et comment faire recours contre elle.")
    received = _("Le délai pour un recours commence avec cette date.")
    whole = {
        Letter.APPEAL: lambda: {
            "what": _("Vous dites contre quelle décision vous écrivez."),
            "received": received,
            "uncollected": _("Vous dites que la lettre recommandée est restée à la poste. Le délai court quand même."),
            "ask": _("Vous demandez de changer la décision et de reconnaître votre droit."),
            "ask_cut": _("Vous demandez de changer la décision et de rendre l’aide d’avant."),
            "ask_repay": _(
                "Vous demandez de changer la décision. Vous dites que vous n’êtes pas d’accord de rembourser."
            ),
            "why": _("Vos raisons. C’est la partie la plus importante : dites ce qui est faux et donnez des preuves."),
            "suspend": _("Vous demandez d’attendre la fin du recours. Nous ne savons pas si cela sera accepté."),
            "see": _("Vous demandez à voir votre dossier. Vous pourrez ajouter des raisons après."),
            "written": written,
        },
        Letter.DECISION: lambda: {
            "what": _("Vous rappelez quand vous avez demandé l’aide."),
            "late": _("Vous dites que le délai de la commune est passé."),
            "soon": _("Vous dites que vous attendez encore."),
            "law": _("La règle sur laquelle vous vous appuyez."),
            "ask": _("Vous demandez une décision écrite. Avec elle, vous pouvez vous défendre."),
            "urgent": _("Vous rappelez votre demande urgente : elle a un délai plus court."),
            "why": _("Ce que vous voulez ajouter."),
            "missing": _("S’il manque un papier, vous demandez lequel. Vous demandez aussi une décision en attendant."),
            "then": _("Vous gardez la possibilité d’aller plus haut. Demandez conseil avant de le faire."),
        },
        Letter.REEXAMINATION: lambda: {
            "what": _("Vous demandez à la commune de regarder encore une fois."),
            "decision": _("Vous dites de quelle décision vous parlez."),
            "since": _("Vous dites depuis quand c’est différent."),
            "why": _("Ce qui a changé, ou ce que la commune ne savait pas."),
            "ask": written,
        },
        Letter.FILE: lambda: {
            "what": _("Vous demandez à lire tout ce que la commune et le centre ont écrit sur vous."),
            "heard": _("Vous demandez qu’on vous écoute avant de décider."),
            "ask": _("Vous demandez un rendez-vous. Vous demandez qu’un refus soit écrit, pour pouvoir vous défendre."),
        },
        Letter.REMISSION: lambda: {
            "what": _("Vous dites quelle somme on vous demande, et par quelle décision."),
            "received": received,
            "ask": _("Une remise veut dire : ne pas devoir rendre tout, ou une partie."),
            "why": _("Pourquoi vous ne pouvez pas rembourser."),
            "small": _("Si c’est refusé, vous proposez de payer petit à petit."),
            "written": written,
            "keep": _("Cette lettre ne dit pas que la dette est juste. Elle n’est pas un recours."),
        },
    }
    return whole[letter]()
