"""What a patient's words mean: danger signs first, then the topic they ask about."""

import os

# before numpy is loaded, or it is without effect: for a sentence, threads cost more than they bring
os.putenv("OPENBLAS_NUM_THREADS", "1")
