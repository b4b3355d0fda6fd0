"""Filled-in slips "for you alone" for the tests, in French and Arabic."""

from portal.adapters.typesetting import Section, SlipSheet, SlipText
from tests.adapters.receipt_samples import FACTS, INSTANT

ACCESS_CODE = "7401258836902147"

SLIP_FR = SlipText(
    lang="fr",
    direction="ltr",
    issuer="Aide sociale en Valais · Portail",
    title="Votre code d’accès",
    warning="Cette feuille est pour vous seulement. Ne la montrez à personne, même pas au centre.",
    name_label="Nom",
    name_placeholder="[nom comme au dossier]",
    reference_label="Référence",
    access_code_label="Code d’accès (secret)",
    address_label="Adresse",
    sections=(
        Section(
            "Revenir à votre dossier",
            (
                "Ouvrez l’adresse ci-dessus, sur n’importe quel appareil.",
                "Donnez la référence et le code d’accès.",
                "À la fin, appuyez sur «Quitter».",
            ),
        ),
        Section(
            "Code perdu ou vu par quelqu’un",
            (
                "Appelez le centre: 027 922 30 20. Il vérifie votre identité et donne un nouveau code.",
                "L’ancien code ne sert alors plus à rien.",
            ),
        ),
    ),
    qr_alt="Code QR qui ouvre la page de connexion",
)

SLIP_AR = SlipText(
    lang="ar",
    direction="rtl",
    issuer="المساعدة الاجتماعية في فاليه · البوابة",
    title="رمز الدخول الخاص بكم",
    warning="هذه الورقة لكم وحدكم. لا تُروها لأحد، ولا حتى للمركز.",
    name_label="الاسم",
    name_placeholder="[الاسم كما في الملف]",
    reference_label="المرجع",
    access_code_label="رمز الدخول (سري)",
    address_label="العنوان",
    sections=(
        Section(
            "العودة إلى ملفكم",
            ("افتحوا العنوان أعلاه على أي جهاز.", "أدخلوا المرجع ورمز الدخول.", "في النهاية اضغطوا على «خروج»."),
        ),
        Section(
            "إذا ضاع الرمز أو رآه أحد",
            ("اتصلوا بالمركز: 027 922 30 20. يتحقق من هويتكم ويعطيكم رمزا جديدا.", "لا يعود الرمز القديم صالحا."),
        ),
    ),
    qr_alt="رمز يفتح صفحة الدخول",
)


def slip(own: SlipText | None = None, name: str = "Amélie Dubois") -> SlipSheet:
    """A slip with an access code, in French and perhaps another language."""
    return SlipSheet(
        instant=INSTANT,
        name=name,
        name_latin="",
        reference=FACTS.reference,
        access_code=ACCESS_CODE,
        sign_in_url="https://portal.example.ch/fr/sign-in",
        official=SLIP_FR,
        own=own,
    )
