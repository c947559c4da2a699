// Quicksort, heap sort and insertion sort of integers.

enum
{
    size = 4000,
    small = 12
};

static int numbers[size], copy[size];

static void swap(int* a, int* b)
{
    int const kept = *a;
    *a = *b;
    *b = kept;
}

static void insertion_sort(int* a, int count)
{
    for (int i = 1; i < count; ++i) {
        int const value = a[i];
        int j = i;
        for (; j > 0 && a[j - 1] > value; --j)
            a[j] = a[j - 1];
        a[j] = value;
    }
}

static void quicksort(int* a, int count)
{
    while (count > small) {
        int* const middle = a + count / 2;
        int* const last = a + count - 1;
        if (*middle < *a)
            swap(middle, a);
        if (*last < *middle) {
            swap(last, middle);
            if (*middle < *a)
                swap(middle, a);
        }
        int const pivot = *middle;
        int i = 0;
        int j = count - 1;
        while (i <= j) {
            while (a[i] < pivot)
                ++i;
            while (pivot < a[j])
                --j;
            if (i <= j)
                swap(&a[i++], &a[j--]);
        }
        // the longer part in this loop, so that calls nest only so deep
        if (j + 1 < count - i) {
            quicksort(a, j + 1);
            a += i;
            count -= i;
        } else {
            quicksort(a + i, count - i);
            count = j + 1;
        }
    }
    insertion_sort(a, count);
}

static void sift_down(int* a, int at, int count)
{
    int const value = a[at];
    for (int child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && a[child] < a[child + 1])
            ++child;
        if (a[child] <= value)
            break;
        a[at] = a[child];
        at = child;
    }
    a[at] = value;
}

static void heap_sort(int* a, int count)
{
    for (int i = count / 2 - 1; i >= 0; --i)
        sift_down(a, i, count);
    for (int i = count - 1; i > 0; --i) {
        swap(&a[0], &a[i]);
        sift_down(a, 0, i);
    }
}

int run(int n)
{
    unsigned seed = 99;
    unsigned sum = 0;
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < size; ++j) {
            seed = seed * 1664525 + 1013904223;
            numbers[j] = copy[j] = (int)(seed >> 4);
        }
        quicksort(numbers, size);
        heap_sort(copy, size);
        for (int j = 0; j < size; ++j) {
            if (numbers[j] != copy[j])
                return -1;
            sum = sum * 31 + (unsigned)numbers[j];
        }
    }
    return (int)sum;
}
