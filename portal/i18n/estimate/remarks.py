"""What the centre will check, and what is not in the figure, in plain words."""

from __future__ import annotations

from portal.domain.estimate import Remark, RemarkCode
from portal.i18n.text import translator


def remark_title(remark: Remark, language: str) -> str:
    """A short name."""
    _ = translator(language).gettext
    return {
        RemarkCode.RENT: _("Votre loyer"),
        RemarkCode.MINOR: _("Moins de 18 ans"),
        RemarkCode.HOMELESS: _("Pas de logement"),
        RemarkCode.INSTITUTION: _("Foyer ou institution"),
        RemarkCode.WORK: _("Le travail"),
        RemarkCode.PROPERTY: _("Votre maison ou votre terrain"),
        RemarkCode.RELATIVES: _("Votre famille"),
        RemarkCode.PARTNER: _("Votre couple"),
        RemarkCode.PERMIT_OF_MEMBER: _("Le permis de chacun"),
        RemarkCode.LIVES_WITH_PARENTS: _("Vivre chez ses parents"),
        RemarkCode.TRAINING: _("Votre formation"),
        RemarkCode.SELF_EMPLOYED: _("Votre activité indépendante"),
        RemarkCode.VEHICLE: _("Votre véhicule"),
        RemarkCode.IRREGULAR: _("Un revenu qui change"),
        RemarkCode.ALIMONY_PAID: _("La pension que vous versez"),
        RemarkCode.DEBTS: _("Vos dettes"),
        RemarkCode.UNEMPLOYMENT_SUSPENDED: _("Votre chômage"),
        RemarkCode.NEW_AMOUNTS: _("De nouveaux montants"),
        RemarkCode.PREMIUM: _("Assurance-maladie"),
        RemarkCode.HEALTH_COSTS: _("Franchise, quote-part, dentiste"),
        RemarkCode.INSERTION: _("Suppléments d’insertion"),
        RemarkCode.DEPOSIT: _("Garantie de loyer"),
        RemarkCode.AVS: _("Cotisation AVS"),
        RemarkCode.TAXES: _("Impôts et dettes"),
        RemarkCode.ALLOWANCE_COVERS: _("Ce que couvre le forfait"),
        RemarkCode.PAYING_BACK: _("Faudra-t-il rembourser ?"),
        RemarkCode.ADVANCE: _("En attendant une autre prestation"),
    }[remark.code]


def remark_text(remark: Remark, language: str) -> str:
    """Two or three plain sentences."""
    _ = translator(language).gettext
    return {
        RemarkCode.RENT: _(
            "Le centre regarde si le loyer est reconnu là où vous habitez. Aucune limite n’est publiée, à notre connaissance."
            " Ne résiliez rien avant d’en avoir parlé."
        ),
        RemarkCode.MINOR: _(
            "Ce calcul est fait pour un adulte. Parlez au centre : il voit avec vous et vos parents ce qui est possible."
        ),
        RemarkCode.HOMELESS: _(
            "Ce calcul est sans loyer. Un toit peut être demandé tout de suite : c’est l’aide d’urgence."
        ),
        RemarkCode.INSTITUTION: _("Le coût du foyer est examiné à part."),
        RemarkCode.WORK: _(
            "Qui peut travailler s’inscrit à l’office de placement (ORP), même sans droit au chômage."
            " Le centre examine ce qui est possible pour vous. La maladie, la formation et un très jeune enfant comptent."
        ),
        RemarkCode.PROPERTY: _(
            "En principe, un propriétaire n’est pas aidé. Une aide est possible si une hypothèque est inscrite en faveur"
            " de la commune. Un bien à l’étranger compte aussi. Demandez : des exceptions existent."
        ),
        RemarkCode.RELATIVES: _(
            "Vos parents ou vos enfants ne sont examinés que s’ils vivent probablement dans l’aisance."
        ),
        RemarkCode.PARTNER: _(
            "Deux règles existent : un enfant commun, ou un certain temps ensemble. Nous ne savons pas laquelle décide"
            " pour vous. Le centre examine, la commune décide : voyez les deux calculs."
        ),
        RemarkCode.PERMIT_OF_MEMBER: _(
            "Une personne de votre ménage a un permis qui relève peut-être d’un autre service. Le centre vérifie."
        ),
        RemarkCode.LIVES_WITH_PARENTS: _(
            "Jeune et en formation, vous êtes peut-être compté avec vos parents. Le centre vérifie."
        ),
        RemarkCode.TRAINING: _(
            "La bourse passe d’abord. Avant un certain âge, l’aide pendant une formation n’est pas à rembourser."
            " Plus tard, les règles ordinaires valent, ou l’aide devient un prêt."
        ),
        RemarkCode.SELF_EMPLOYED: _(
            "Le centre regarde si l’activité peut vous faire vivre. L’aide est limitée dans le temps. Les frais de"
            " l’entreprise ne sont pas payés."
        ),
        RemarkCode.VEHICLE: _(
            "Nous ne connaissons pas de règle du Valais. Dites au centre si vous en avez besoin pour le travail ou la santé."
        ),
        RemarkCode.IRREGULAR: _(
            "Le centre prend le revenu réel du mois d’avant."
            " Si le revenu d’un mois est trop élevé, le reste compte le mois suivant."
        ),
        RemarkCode.ALIMONY_PAID: _(
            "Une pension que vous versez n’est en principe pas une dépense reconnue. Parlez-en."
        ),
        RemarkCode.DEBTS: _("L’aide ne paie pas les dettes. Un service peut vous conseiller."),
        RemarkCode.UNEMPLOYMENT_SUSPENDED: _("Si vos indemnités sont suspendues, dites-le au centre."),
        RemarkCode.NEW_AMOUNTS: _(
            "De nouveaux montants sont annoncés pour cette date. Nous ne les connaissons pas encore."
        ),
        RemarkCode.PREMIUM: _(
            "Les primes ne sont pas dans ce montant. Avec l’aide sociale, elles sont probablement réduites tout à fait,"
            " jusqu’à la prime de référence."
        ),
        RemarkCode.HEALTH_COSTS: _(
            "Ces frais peuvent être payés en plus, sur preuve. Demandez avant un gros traitement."
        ),
        RemarkCode.INSERTION: _("Qui suit une mesure peut recevoir un supplément. Son montant n’est pas connu ici."),
        RemarkCode.DEPOSIT: _("La règle n’est pas connue ici. Demandez au centre avant de signer un bail."),
        RemarkCode.AVS: _("La cotisation minimale est payée par la collectivité. Elle n’est pas à rembourser."),
        RemarkCode.TAXES: _("L’aide sociale ne paie ni les impôts ni les dettes."),
        RemarkCode.ALLOWANCE_COVERS: _(
            "Nourriture, habits, électricité, téléphone, transports proches, hygiène, école et loisirs."
        ),
        RemarkCode.PAYING_BACK: _(
            "En général non. Oui si l’aide a été obtenue à tort, si elle était une avance ou un prêt, ou si vous devenez"
            " nettement plus riche : une fortune importante, ou un salaire au-dessus du revenu médian."
        ),
        RemarkCode.ADVANCE: _(
            "Demandez chaque prestation sans attendre. L’aide sociale peut avancer l’argent. La prestation la rembourse ensuite."
        ),
    }[remark.code]
