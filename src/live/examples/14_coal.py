# Coal mining disasters, 1851 to 1962: a rate that changes once
from rnn_core.point_process import PiecewisePoisson, Poisson, coal_mining_disasters, log_likelihood

coal = coal_mining_disasters()
print(len(coal.times), "disasters,", coal.dates[0], "to", coal.dates[-1])
change = coal.end / 3
early = (coal.times < change).sum()
rates = (early / change, (len(coal.times) - early) / (coal.end - change))
print("one rate :", log_likelihood(Poisson(len(coal.times) / coal.end), coal.times, coal.end))
print("two rates:", log_likelihood(PiecewisePoisson((change,), rates), coal.times, coal.end))
