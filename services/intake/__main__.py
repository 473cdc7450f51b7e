"""python -m services.intake serve | relay | listen | clock | migrate | move | rebuild | resend | parked | verify"""

from services.intake.app import parts
from services.origin import NAVIGATION
from shared.running.cli import main

main(parts(), NAVIGATION)
